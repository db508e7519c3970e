"""Pictures of screens, taken by the browser that is installed on this machine."""

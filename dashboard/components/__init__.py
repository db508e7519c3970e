"""One thing drawn from one small frame or record each; no component asks for data."""

"""Meeting mode: the sheets that a committee sees on its projector, made from the same answers as the screens."""

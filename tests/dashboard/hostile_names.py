"""Names that data can bring and no screen may act upon."""

HOSTILE_NAMES = (
    '<img src="http://elsewhere.example/x.png" onerror="alert(1)">',
    "![](http://elsewhere.example/x.png)",
    "=cmd()|' /C calc'!A1",
    "很" * 200,
    "红旗🚩社区",
    "\u202egnirts desrever",
    "</div></span><script>alert(1)</script>",
    "{braces} {0} %s",
)

"""Texts that take over what shows or reads them, where they are taken for more than text."""

import os

HOSTILE = {
    "script": "<script>alert(1)</script>",
    "end of a script": "</script><!--",
    "end of an attribute": "\"><img src=x onerror=alert(1)> '",
    "templates and formulas": "{{7*7}} {% raw %} ${7*7} $x^2$",
    "formula of a sheet": "=1+1",
    "entities": "a & b &lt;i&gt;",
    "a way up": "../../etc/passwd",
    "300 characters": "a" * 300,
    "from right to left": "\u202eevil\u202c \u0645\u0631\u062d\u0628\u0627",
}
"""All of what can be printed."""

ORDERS = {
    "ends of cells and lines": 'a,b;c\t"d\ne\r\nf\u2028g',
    "orders to a terminal": "\x1b]0;owned\x07\x1b[31m\x9b2J\x08\x7f",
}
"""What is no text at all: orders to whatever shows it."""

BYTES = {"no UTF-8": os.fsdecode(b"\xff\xe9.mp4")}
"""What names of files may be besides."""

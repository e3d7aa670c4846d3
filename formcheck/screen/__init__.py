"""What the window shows of a `Stage`, as data: the marks of `overlay`, laid out on the whole window."""

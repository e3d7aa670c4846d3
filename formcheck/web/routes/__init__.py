"""What the server answers of each part of the page beside the session: a module each, with `routes()`."""

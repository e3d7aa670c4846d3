"""The camera session: capture, engine and display side by side."""

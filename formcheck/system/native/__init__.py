"""Native libraries: imported in the order that works, kept quiet, and taken turns at."""

"""A session in front of the camera as a pure fold: what is asked now, what is shown, what is said. No clock, no devices."""

"""A session in front of the camera as a pure fold: what is asked now, what is shown, what is spoken. No clock, no devices."""

"""A session in front of the camera as a pure fold: what is requested, what is shown, what is spoken. No clock, no devices."""

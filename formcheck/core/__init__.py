"""What everything stands on: values, measures, geometry, the protocols of the edges, errors. Pure."""

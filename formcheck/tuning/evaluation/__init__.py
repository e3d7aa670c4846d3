"""The accuracy of formcheck: its results for labelled clips against the labels, as counts that add up."""

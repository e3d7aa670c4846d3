"""From labelled clips to ranges: labels, evaluation, fitting, drafting, labelling."""

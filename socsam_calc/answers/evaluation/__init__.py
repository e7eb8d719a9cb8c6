"""The evaluation effect: cost development against a control area. It is not the financial result, which settling computes."""

"""What a programme demands: definition and facts of an initiative in, a verdict out. Pure."""

"""办件汇聚: case data for a provincial platform as one file of JSON lines (`messages`); the shape is ours."""

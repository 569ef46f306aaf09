"""数据质量: rules of a resource, the score of each delivery, failing rows, and what follows when quality falls."""

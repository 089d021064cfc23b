"""What other systems take from us as a file: archive packets 归档包, case data for a platform 办件汇聚."""

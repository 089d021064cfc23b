"""China Post and EMS 中国邮政速递物流 through their open platform for contract customers 协议客户开放平台."""

variable "name" {
  description = "Name of the trail; the module log-bucket lets a trail of this name write."
  type        = string
  default     = "provisioner"

  validation {
    condition     = can(regex("^[A-Za-z0-9][A-Za-z0-9._-]{1,126}[A-Za-z0-9]$", var.name))
    error_message = "A trail's name has 3 to 128 letters, digits, dots, underscores and hyphens."
  }
}

variable "log_bucket" {
  description = "Bucket for its files, as the module log-bucket makes it."
  type        = string
}

variable "data_buckets" {
  description = "Names of the buckets whose reads and writes are recorded. Data events cost by number."
  type        = list(string)

  validation {
    condition     = length(var.data_buckets) > 0
    error_message = "At least one bucket."
  }
}

variable "tags" {
  description = "Tags of the trail."
  type        = map(string)
  default     = {}
}

variable "name" {
  description = "Name of the bucket, unique in the world."
  type        = string

  validation {
    condition     = can(regex("^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$", var.name))
    error_message = "A bucket name has 3 to 63 lower-case letters, digits, dots and hyphens."
  }
}

variable "log_bucket" {
  description = "Bucket for the server access logs, as the module log-bucket makes it; same account and region."
  type        = string
}

variable "log_prefix" {
  description = "Before the bucket's name in the keys of its logs; ends with a slash, or is empty."
  type        = string
  default     = "s3/"

  validation {
    condition     = var.log_prefix == "" || endswith(var.log_prefix, "/")
    error_message = "The prefix ends with a slash, or is empty."
  }
}

variable "block_public_access_of_account" {
  description = "Also block public access for the whole account. Of several buckets in one account, one keeps true."
  type        = bool
  default     = true
}

variable "tags" {
  description = "Tags of the bucket."
  type        = map(string)
  default     = {}
}

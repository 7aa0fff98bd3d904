variable "name" {
  description = "Name of the bucket, unique in the world."
  type        = string

  validation {
    condition     = can(regex("^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$", var.name))
    error_message = "A bucket name has 3 to 63 lower-case letters, digits, dots and hyphens."
  }
}

variable "logged_buckets" {
  description = "Names of the buckets whose server access logs it takes."
  type        = list(string)
}

variable "access_log_prefix" {
  description = "Where server access logs lie; the data buckets' log_prefix begins with it."
  type        = string
  default     = "s3/"
}

variable "trail_name" {
  description = "Name of the CloudTrail trail that may write here."
  type        = string
  default     = "provisioner"
}

variable "keep_days" {
  description = "Days after which logs are deleted. Longer than the time in which a misuse may be found. null: never."
  type        = number
  default     = 730

  validation {
    condition     = var.keep_days == null ? true : var.keep_days >= 90
    error_message = "Logs that are gone within 90 days help nobody: at least 90."
  }
}

variable "tags" {
  description = "Tags of the bucket."
  type        = map(string)
  default     = {}
}

variable "project" {
  description = "Id of the project that owns the bucket."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{4,28}[a-z0-9]$", var.project))
    error_message = "A project id has 6 to 30 lower-case letters, digits and hyphens, and starts with a letter."
  }
}

variable "name" {
  description = "Name of the bucket, as the catalog names it in gs://NAME."
  type        = string

  validation {
    condition     = can(regex("^[a-z0-9][a-z0-9._-]{1,61}[a-z0-9]$", var.name))
    error_message = "A bucket name has 3 to 63 lower-case letters, digits, dots, hyphens and underscores."
  }
}

variable "location" {
  description = "Region or multi-region of the bucket, e.g. US or europe-west3. It can not be changed later."
  type        = string
  default     = "US"
}

variable "labels" {
  description = "Labels of the bucket."
  type        = map(string)
  default     = {}
}

variable "requester_pays" {
  description = "Whether readers pay for their requests and downloads; they must then name a billing project."
  type        = bool
  default     = false
}

variable "provisioner_email" {
  description = "Address of the provisioner's service account (output `email` of the module provisioner)."
  type        = string

  validation {
    condition     = endswith(var.provisioner_email, ".iam.gserviceaccount.com")
    error_message = "A service account's address ends with .iam.gserviceaccount.com."
  }
}

variable "provisioner_role" {
  description = "Role that lets the provisioner read and write the bucket's policy (output `bucket_role`)."
  type        = string
}

variable "enable_data_access_logs" {
  description = "Whether this module switches on data-access logs for Cloud Storage in the project. Exactly one bucket module per project should."
  type        = bool
  default     = true
}

variable "usage_log_bucket" {
  description = "Bucket that gets hourly usage logs as CSV (bytes, no names of readers); null for none."
  type        = string
  default     = null
}

variable "project" {
  description = "Id of the project that owns the dataset."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{4,28}[a-z0-9]$", var.project))
    error_message = "A project id has 6 to 30 lower-case letters, digits and hyphens, and starts with a letter."
  }
}

variable "dataset_id" {
  description = "Id of the dataset, as the catalog names it in bq://PROJECT.DATASET."
  type        = string

  validation {
    condition     = can(regex("^[A-Za-z0-9_]{1,1024}$", var.dataset_id))
    error_message = "A dataset id has letters, digits and underscores only."
  }
}

variable "location" {
  description = "Region or multi-region of the dataset. It can not be changed later."
  type        = string
  default     = "US"
}

variable "description" {
  description = "What the dataset holds, for people who browse."
  type        = string
  default     = ""
}

variable "labels" {
  description = "Labels of the dataset."
  type        = map(string)
  default     = {}
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
  description = "Role that lets the provisioner read and write the dataset's access list (output `dataset_role`)."
  type        = string
}

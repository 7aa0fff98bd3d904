variable "project" {
  description = "Id of the project that the service account and the custom roles are made in; the buckets and datasets are in it too."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{4,28}[a-z0-9]$", var.project))
    error_message = "A project id has 6 to 30 lower-case letters, digits and hyphens, and starts with a letter."
  }
}

variable "account_id" {
  description = "Name of the service account, the part before the @."
  type        = string
  default     = "provisioner"

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{4,28}[a-z0-9]$", var.account_id))
    error_message = "A service account's name has 6 to 30 lower-case letters, digits and hyphens, and starts with a letter."
  }
}

variable "role_prefix" {
  description = "Beginning of the custom roles' ids."
  type        = string
  default     = "provisioner"

  validation {
    condition     = can(regex("^[A-Za-z0-9_.]{3,50}$", var.role_prefix))
    error_message = "A role's id has letters, digits, underscores and dots."
  }
}

variable "organization_id" {
  description = "Number of the organization, to see inherited access and organization policy; null if there is none or it is not wanted."
  type        = string
  default     = null

  validation {
    condition     = var.organization_id == null ? true : can(regex("^[0-9]+$", var.organization_id))
    error_message = "An organization's id is a number."
  }
}

variable "write_policies" {
  description = "Whether the engine may write policies. false is enough where every dataset is opened by a group that is already in its policy; closing a dataset then takes its members out of the group one by one, which takes effect later than taking the group out of the policy."
  type        = bool
  default     = true
}

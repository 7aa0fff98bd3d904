variable "customer_id" {
  description = "Customer id of the Workspace or Cloud Identity account that owns the group, e.g. C0123abcd."
  type        = string

  validation {
    condition     = can(regex("^C[0-9a-z]+$", var.customer_id))
    error_message = "A customer id is a capital C, then digits and lower-case letters."
  }
}

variable "email" {
  description = "Address of the group, as the catalog names it. One group for one dataset version and platform."
  type        = string

  validation {
    condition     = can(regex("^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$", var.email))
    error_message = "An e-mail address is needed."
  }
}

variable "display_name" {
  description = "Name of the group for people."
  type        = string
}

variable "description" {
  description = "What membership opens."
  type        = string
  default     = ""
}

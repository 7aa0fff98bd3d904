variable "name" {
  description = "Name of the role."
  type        = string
  default     = "provisioner"

  validation {
    condition     = can(regex("^[A-Za-z0-9+=,.@_-]{1,55}$", var.name))
    error_message = "A role name has at most 55 characters here, so that its boundary can be named after it."
  }
}

variable "data_buckets" {
  description = "Names of the buckets whose access it manages."
  type        = list(string)

  validation {
    condition     = length(var.data_buckets) > 0
    error_message = "At least one bucket."
  }
}

variable "access_point_prefix" {
  description = "With what the names of its access points begin; the same as in the configuration. It shows in DNS names: nothing secret."
  type        = string

  validation {
    condition     = can(regex("^[a-z0-9]([a-z0-9-]{0,28}[a-z0-9])?$", var.access_point_prefix))
    error_message = "The prefix has 1 to 30 lower-case letters, digits and hyphens, no hyphen at either end."
  }
}

variable "adopted_access_points" {
  description = "Names, with * at the end, of access points that PhysioNet made and it takes over, e.g. mimiciv-v3-1-*; it writes their policies and makes none."
  type        = list(string)
  default     = []
}

variable "grants_location_role_arn" {
  description = "The role of aws.accessGrants.locationRole, where it registers missing locations in S3 Access Grants itself; null: an administrator does."
  type        = string
  default     = null
}

variable "layouts" {
  description = "Which layouts it may write: access-points, bucket-policy, access-grants. bucket-policy gives it full power over the buckets' policies."
  type        = set(string)
  default     = ["access-points"]

  validation {
    condition     = length(var.layouts) > 0 && length(setsubtract(var.layouts, ["access-points", "bucket-policy", "access-grants"])) == 0
    error_message = "Layouts are access-points, bucket-policy and access-grants."
  }
}

variable "trusted_services" {
  description = "Services that may run as the role."
  type        = list(string)
  default     = ["ecs-tasks.amazonaws.com"]
}

variable "trusted_principals" {
  description = "ARNs of users and roles that may assume it, e.g. of the people who run it by hand."
  type        = list(string)
  default     = []
}

variable "further_actions" {
  description = "Actions that policies attached elsewhere may give it too, e.g. s3:PutObject, s3:GetObject and s3:ListBucket for checkpoints in ledger-bucket, kms:Sign and kms:GetPublicKey for its key."
  type        = list(string)
  default     = []
}

variable "tags" {
  description = "Tags of the role and its boundary."
  type        = map(string)
  default     = {}
}

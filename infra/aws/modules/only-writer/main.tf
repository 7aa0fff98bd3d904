locals {
  points  = "arn:aws:s3:*:*:accesspoint/${var.access_point_prefix}-*"
  adopted = [for point in var.adopted_access_points : "arn:aws:s3:*:*:accesspoint/${point}"]

  policy_writers = concat([var.infrastructure_role_arn], var.provisioner_writes_bucket_policies ? [var.provisioner_role_arn] : [])
}

# AWS has no compare-and-swap on policies: a second writer would undo revocations without anybody noticing (facts/aws.md A2.2).
data "aws_iam_policy_document" "this" {
  statement {
    sid    = "ShardsBelongToTheProvisioner"
    effect = "Deny"

    actions = [
      "s3:CreateAccessPoint",
      "s3:PutAccessPointPolicy",
      "s3:DeleteAccessPointPolicy",
    ]

    resources = concat([local.points], local.adopted)

    condition {
      test     = "ArnNotEquals"
      variable = "aws:PrincipalArn"
      values   = [var.provisioner_role_arn]
    }
  }

  statement {
    sid       = "OnlyTheJanitorTakesShardsAway"
    effect    = "Deny"
    actions   = ["s3:DeleteAccessPoint"]
    resources = [local.points]

    condition {
      test     = "ArnNotEquals"
      variable = "aws:PrincipalArn"
      values   = [var.janitor_role_arn]
    }
  }

  statement {
    sid    = "NobodyOpensTheData"
    effect = "Deny"

    actions = [
      "s3:PutBucketPolicy",
      "s3:DeleteBucketPolicy",
      "s3:PutBucketPublicAccessBlock",
      "s3:PutBucketOwnershipControls",
    ]

    resources = [for bucket in var.data_buckets : "arn:aws:s3:::${bucket}"]

    condition {
      test     = "ArnNotEquals"
      variable = "aws:PrincipalArn"
      values   = local.policy_writers
    }
  }

  statement {
    sid       = "NobodyLiftsTheRolesBoundary"
    effect    = "Deny"
    actions   = ["iam:DeleteRolePermissionsBoundary", "iam:PutRolePermissionsBoundary", "iam:PutRolePolicy", "iam:AttachRolePolicy"]
    resources = [var.provisioner_role_arn]

    condition {
      test     = "ArnNotEquals"
      variable = "aws:PrincipalArn"
      values   = [var.infrastructure_role_arn]
    }
  }
}

resource "aws_organizations_policy" "this" {
  name        = var.name
  description = "Access points ${var.access_point_prefix}-* are written by the provisioner alone."
  type        = "SERVICE_CONTROL_POLICY"
  content     = data.aws_iam_policy_document.this.json
  tags        = var.tags
}

resource "aws_organizations_policy_attachment" "this" {
  policy_id = aws_organizations_policy.this.id
  target_id = var.target
}

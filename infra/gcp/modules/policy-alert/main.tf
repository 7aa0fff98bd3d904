resource "google_monitoring_alert_policy" "this" {
  project               = var.project
  display_name          = "Access to data changed by somebody else than the provisioner"
  combiner              = "OR"
  severity              = "WARNING"
  notification_channels = var.notification_channels

  conditions {
    display_name = "A policy of a bucket, a dataset or the project was changed"

    condition_matched_log {
      filter = <<-EOT
        log_id("cloudaudit.googleapis.com/activity")
        AND (
          protoPayload.methodName="storage.setIamPermissions"
          OR protoPayload.methodName="SetIamPolicy"
          OR protoPayload.metadata.datasetChange:*
          OR protoPayload.metadata.datasetCreation:*
        )
        AND NOT protoPayload.authenticationInfo.principalEmail="${var.provisioner_email}"
      EOT

      label_extractors = {
        who      = "EXTRACT(protoPayload.authenticationInfo.principalEmail)"
        resource = "EXTRACT(protoPayload.resourceName)"
      }
    }
  }

  alert_strategy {
    auto_close = "604800s"
    notification_rate_limit {
      period = "${var.rate_limit_seconds}s"
    }
  }

  documentation {
    mime_type = "text/markdown"
    content   = <<-EOT
      $${log.extracted_label.who} changed who has access to $${log.extracted_label.resource}.

      Next: `provisioner drift` shows what differs from what it should be, and by which path somebody has access.
    EOT
  }
}

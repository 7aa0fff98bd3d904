resource "google_cloud_run_v2_job" "this" {
  project             = var.project
  name                = var.name
  location            = var.region
  deletion_protection = false

  template {
    # One at a time: the engine's leases would hold a second one back, and it would only cost money.
    task_count  = 1
    parallelism = 1

    template {
      service_account = var.provisioner_email
      timeout         = "${var.timeout_seconds}s"
      # The next run finds out what this one left; an immediate retry would only repeat the failure.
      max_retries = 0

      containers {
        image = var.image
        args  = concat(["--config", "/etc/provisioner/provisioner.yaml"], var.arguments)

        resources {
          limits = {
            cpu    = var.cpu
            memory = var.memory
          }
        }

        dynamic "env" {
          for_each = var.environment
          content {
            name  = env.key
            value = env.value
          }
        }

        dynamic "env" {
          for_each = var.secret_environment
          content {
            name = env.key
            value_source {
              secret_key_ref {
                secret  = env.value
                version = "latest"
              }
            }
          }
        }

        volume_mounts {
          name       = "config"
          mount_path = "/etc/provisioner"
        }
      }

      volumes {
        name = "config"
        secret {
          secret = var.config_secret
          items {
            path    = "provisioner.yaml"
            version = "latest"
          }
        }
      }

      dynamic "vpc_access" {
        for_each = var.subnetwork == null ? [] : [var.subnetwork]
        content {
          egress = "PRIVATE_RANGES_ONLY"
          network_interfaces {
            subnetwork = vpc_access.value
          }
        }
      }
    }
  }

  depends_on = [google_secret_manager_secret_iam_member.provisioner]
}

resource "google_secret_manager_secret_iam_member" "provisioner" {
  for_each  = toset(concat([var.config_secret], values(var.secret_environment)))
  project   = var.project
  secret_id = each.value
  role      = "roles/secretmanager.secretAccessor"
  member    = "serviceAccount:${var.provisioner_email}"
}

# Another account than the engine's: it may start the job and nothing else.
resource "google_service_account" "scheduler" {
  project      = var.project
  account_id   = "${var.name}-timer"
  display_name = "Starts ${var.name}"
}

resource "google_cloud_run_v2_job_iam_member" "scheduler" {
  project  = var.project
  location = var.region
  name     = google_cloud_run_v2_job.this.name
  role     = "roles/run.invoker"
  member   = google_service_account.scheduler.member
}

resource "google_cloud_scheduler_job" "this" {
  project          = var.project
  region           = var.region
  name             = var.name
  description      = "Makes access in the clouds what it should be."
  schedule         = var.schedule
  time_zone        = "Etc/UTC"
  attempt_deadline = "60s"

  http_target {
    http_method = "POST"
    uri         = "https://run.googleapis.com/v2/${google_cloud_run_v2_job.this.id}:run"

    oauth_token {
      service_account_email = google_service_account.scheduler.email
      scope                 = "https://www.googleapis.com/auth/cloud-platform"
    }
  }

  depends_on = [google_cloud_run_v2_job_iam_member.scheduler]
}

output "job" {
  description = "The job, projects/P/locations/R/jobs/NAME."
  value       = google_cloud_run_v2_job.this.id
}

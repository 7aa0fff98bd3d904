package org.physionet.provisioner.adapters.gcp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The refusals of facts/physionet.md 4, #6, as the tools print them. */
class RefusalsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Access Denied: Project physionet-data: User does not have bigquery.jobs.create permission in project"
                        + " physionet-data. | project of your own",
                "ERROR: (gcloud.storage.cp) HTTPError 400: Bucket is a requester pays bucket but no user project"
                        + " provided. | --billing-project",
                "BadRequestException: 400 Bucket is requester pays bucket but no user project provided. | --billing-project",
                "Caller does not have required permission to use project x. Grant the caller the"
                        + " roles/serviceusage.serviceUsageConsumer role (serviceusage.services.use). | may charge",
                "The billing account for the owning project is disabled in state absent | billing account",
                "Anonymous caller does not have storage.objects.list access to the Google Cloud Storage bucket. | gcloud auth login",
                "123-compute@developer.gserviceaccount.com does not have storage.objects.get access | service account",
                "Not found: Dataset physionet-data:mimic_iv was not found in location US | Every version",
                "AccessDeniedException: 403 ada@gmail.com does not have storage.objects.list access | linked to your profile",
                "Access Denied: Table physionet-data:mimiciv_hosp.patients: User does not have permission to query"
                        + " table | linked to your profile",
                "Request is prohibited by organization's policy. vpcServiceControlsUniqueIdentifier: abc | perimeter"
            })
    void knownRefusalsAreExplained(String error, String part) {
        assertThat(Refusals.diagnose(error))
                .hasValueSatisfying(advice -> assertThat(advice).contains(part));
    }
}

package org.physionet.provisioner.adapters.gcp;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The refusals that researchers bring to the help desk (facts/physionet.md 4, #6), and what each means. */
final class Refusals {
    /** In order: the first that matches is the most telling one. */
    private static final List<Known> KNOWN = List.of(
            known(
                    "bigquery\\.jobs\\.create|does not have permission to (run|create) (a )?(query|job)",
                    "The query was started in a project where you may not run queries. Choose a project of your own with"
                            + " billing on (bq --project_id=YOUR_PROJECT; in the console the project at the top): the data"
                            + " stays where it is, the query runs in yours."),
            known(
                    "requester pays|no user project provided|UserProjectMissing",
                    "The bucket charges downloads to the reader. Add --billing-project=YOUR_PROJECT (gcloud storage) or"
                            + " -u YOUR_PROJECT (gsutil), with a project of yours that has billing on."),
            known(
                    "serviceusage\\.services\\.use|UserProjectAccessDenied",
                    "The project named for billing is not one that you may charge. Name a project of your own, or ask its"
                            + " owner for the role Service Usage Consumer."),
            known(
                    "billing account for the owning project is (disabled|absent)|UserProjectAccountProblem|billing has not been"
                            + " enabled|billingNotEnabled",
                    "The project named for billing has no working billing account. Link one in the Google Cloud console under"
                            + " Billing, then try again."),
            known(
                    "VPC Service Controls|vpcServiceControls|prohibited by organization's policy",
                    "A service perimeter of the data's owner or of your own organisation stops the call; no grant changes that."
                            + " Try from outside the organisation's network or project, and send the unique id in the message"
                            + " to support."),
            known(
                    "Anonymous caller|401 Unauthorized|Login Required|do not currently have an active account",
                    "Nobody is signed in. Run: gcloud auth login ADDRESS, with the Google account that is linked to your"
                            + " profile."),
            known(
                    "Reauthentication|invalid_grant|refresh.*credentials",
                    "The sign-in has run out. Run: gcloud auth login ADDRESS, and for programs also:"
                            + " gcloud auth application-default login."),
            known(
                    "gserviceaccount\\.com does not have|Provided scope\\(s\\) are not authorized",
                    "The call was made as a machine's service account, not as you. On the virtual machine run:"
                            + " gcloud auth login ADDRESS (programs: gcloud auth application-default login), with the Google"
                            + " account that is linked to your profile."),
            known(
                    "Not found: (Dataset|Table|Project)|BucketNotFound|specified bucket does not exist",
                    "There is nothing of that name. Every version has its own bucket and its own BigQuery dataset: compare the"
                            + " name with the one that explain shows for your version."),
            known(
                    "storage\\.(objects|buckets)\\.(get|list)|Access Denied: (Dataset|Table)|bigquery\\.(tables|datasets)\\.get",
                    "The Google account that made the call has no access. The message, or: gcloud config get-value account,"
                            + " shows which one it was; it must be the one linked to your profile. If it is, and access was"
                            + " given less than 10 minutes ago, wait; reading a bucket's settings is never granted, only"
                            + " its objects."));

    private Refusals() {}

    static Optional<String> diagnose(String errorText) {
        return KNOWN.stream()
                .filter(known -> known.pattern().matcher(errorText).find())
                .map(Known::advice)
                .findFirst();
    }

    private static Known known(String pattern, String advice) {
        return new Known(Pattern.compile(pattern, Pattern.CASE_INSENSITIVE), advice);
    }

    private record Known(Pattern pattern, String advice) {}
}

package org.physionet.provisioner.adapters.gcp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.physionet.provisioner.adapters.gcp.bigquery.DatasetName;
import org.physionet.provisioner.adapters.gcp.members.GooglePrincipals;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.model.Resource;
import org.physionet.provisioner.engine.model.ResourceId;

/** What a researcher types to read the data. The traps named are those that people fall into (facts/physionet.md 4, #6). */
final class Instructions {
    private Instructions() {}

    /** @param requesterPays whether readers of the bucket are charged; empty: not known, or no bucket */
    static List<String> of(Resource resource, Principal principal, Optional<Boolean> requesterPays) {
        List<String> lines = new ArrayList<>(commands(resource.id(), account(principal), requesterPays));
        lines.add(resource.layout().equals(GoogleKind.GROUP) ? WAIT_FOR_GROUP : WAIT);
        lines.add(VIRTUAL_MACHINE);
        return List.copyOf(lines);
    }

    private static List<String> commands(ResourceId resource, String account, Optional<Boolean> requesterPays) {
        return switch (resource.scheme()) {
            case "gs" -> bucket(resource.location(), account, requesterPays);
            case "bq" -> dataset(DatasetName.of(resource), account);
            default -> throw new IllegalArgumentException(resource + ": not a resource of Google Cloud");
        };
    }

    private static List<String> bucket(String bucket, String account, Optional<Boolean> requesterPays) {
        boolean charged = requesterPays.orElse(true);
        String options = " --account=" + account + (charged ? " --billing-project=YOUR_PROJECT" : "") + " ";
        List<String> lines = new ArrayList<>(List.of(
                "gcloud auth login " + account,
                "gcloud storage ls" + options + "gs://" + bucket + "/",
                "gcloud storage cp --recursive" + options + "gs://" + bucket + "/ ."));
        if (charged) {
            lines.add("# YOUR_PROJECT is a Google Cloud project of yours with billing on: "
                    + (requesterPays.isPresent()
                            ? "this bucket's downloads are charged to it."
                            : "downloads from requester-pays buckets are charged to it."));
        }
        return lines;
    }

    private static List<String> dataset(DatasetName name, String account) {
        return List.of(
                "gcloud auth login " + account,
                "bq --project_id=YOUR_PROJECT ls " + name.project() + ":" + name.dataset(),
                "bq --project_id=YOUR_PROJECT query --use_legacy_sql=false 'SELECT table_name FROM `" + name.project()
                        + "." + name.dataset() + ".INFORMATION_SCHEMA.TABLES`'",
                "# YOUR_PROJECT is a Google Cloud project of yours with billing on: queries run in it and are charged to"
                        + " it, never in " + name.project() + ".",
                "# In the console, sign in as " + account
                        + " and choose YOUR_PROJECT at the top before you run a query.");
    }

    private static String account(Principal principal) {
        return GooglePrincipals.isDead(principal.text()) ? "YOUR_ACCOUNT" : GooglePrincipals.address(principal);
    }

    private static final String WAIT =
            "# A grant takes about 2 minutes to take effect, sometimes 10; only this Google account has it.";

    /** facts/gcp.md 2, row 20. */
    private static final String WAIT_FOR_GROUP =
            "# A grant takes minutes to take effect, sometimes hours; only this Google account has it.";

    private static final String VIRTUAL_MACHINE =
            "# On a virtual machine the machine's service account is used unless you sign in there as yourself.";
}

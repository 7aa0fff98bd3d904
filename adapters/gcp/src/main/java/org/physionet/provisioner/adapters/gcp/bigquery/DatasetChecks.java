package org.physionet.provisioner.adapters.gcp.bigquery;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.physionet.provisioner.adapters.gcp.calls.GoogleCalls.Answer;
import org.physionet.provisioner.adapters.gcp.policy.MemberPolicy;
import org.physionet.provisioner.engine.adapter.Adapter.Check;
import org.physionet.provisioner.engine.model.Resource;

/**
 * What {@code doctor} says of a dataset. BigQuery has no call that tests permissions on a dataset without writing: the
 * right to write shows at the first write, and the text says so.
 */
final class DatasetChecks {
    private static final Set<String> EVERYBODY = Set.of("allUsers", "allAuthenticatedUsers");
    private static final double WARN_AT = 0.8;

    private DatasetChecks() {}

    static List<Check> of(Resource resource, Answer<DatasetAccess> answer) {
        return switch (answer) {
            case Answer.Failed(var why) ->
                List.of(new Check("access list of " + resource.id(), false, why.reason(), grant(resource)));
            case Answer.Got(DatasetAccess access) ->
                List.of(readable(resource), notPublic(resource, access), room(resource, access));
        };
    }

    private static Check readable(Resource resource) {
        return new Check(
                "access list of " + resource.id(),
                true,
                "can be read; BigQuery offers no way to test bigquery.datasets.setIamPolicy without writing",
                "");
    }

    private static String grant(Resource resource) {
        DatasetName name = DatasetName.of(resource.id());
        return "bq add-iam-policy-binding --member=serviceAccount:PROVISIONER --role=A_ROLE_WITH"
                + " bigquery.datasets.get,bigquery.datasets.getIamPolicy,bigquery.datasets.setIamPolicy "
                + name.project() + ":" + name.dataset();
    }

    private static Check notPublic(Resource resource, DatasetAccess access) {
        String open = access.list().stream()
                .filter(entry -> EVERYBODY.contains(String.valueOf(entry.text("iamMember")))
                        || EVERYBODY.contains(String.valueOf(entry.text("specialGroup"))))
                .map(entry -> EntryMeaning.of(entry).text())
                .collect(Collectors.joining("; "));
        String what = "no public entry on " + resource.id();
        DatasetName name = DatasetName.of(resource.id());
        return open.isEmpty()
                ? new Check(what, true, "none", "")
                : new Check(
                        what,
                        false,
                        open,
                        "bq show --format=prettyjson " + name.project() + ":" + name.dataset()
                                + " and remove that entry");
    }

    private static Check room(Resource resource, DatasetAccess access) {
        int used = access.principals();
        boolean ok = used < WARN_AT * MemberPolicy.MOST_PRINCIPALS;
        return new Check(
                "room in the access list of " + resource.id(),
                ok,
                used + " of " + MemberPolicy.MOST_PRINCIPALS + " principals",
                ok ? "" : "use layout: group for this resource");
    }
}

package org.physionet.provisioner.adapters.gcp.bigquery;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.physionet.provisioner.adapters.gcp.calls.Commands;
import org.physionet.provisioner.adapters.gcp.calls.GoogleCalls;
import org.physionet.provisioner.adapters.gcp.calls.GoogleCalls.Answer;
import org.physionet.provisioner.adapters.gcp.policy.MemberPolicy;
import org.physionet.provisioner.engine.adapter.Adapter.Check;
import org.physionet.provisioner.engine.model.Resource;

/** What {@code doctor} asks of a dataset. Reads only. */
final class DatasetChecks {
    private static final Set<String> EVERYBODY = Set.of("allUsers", "allAuthenticatedUsers");
    private static final double WARN_AT = 0.8;

    private DatasetChecks() {}

    static List<Check> of(Resource resource, GoogleCalls calls) {
        Answer<DatasetAccess> answer = calls.read(google -> DatasetCalls.read(google, resource));
        return switch (answer) {
            case Answer.Failed(var why) ->
                List.of(new Check("access list of " + resource.id(), false, why.reason(), grant(resource, calls)));
            case Answer.Got(DatasetAccess access) ->
                List.of(rights(resource, calls), notPublic(resource, access), room(resource, access));
        };
    }

    /** All that the provisioner needs on a dataset (facts/gcp.md 5). */
    private static final List<String> NEEDED =
            List.of("bigquery.datasets.get", "bigquery.datasets.getIamPolicy", "bigquery.datasets.setIamPolicy");

    /** No client library knows the method; where Google does not know it either, the first write will tell. */
    private static Check rights(Resource resource, GoogleCalls calls) {
        DatasetName name = DatasetName.of(resource.id());
        String what = "rights on " + resource.id();
        Answer<List<?>> answer = calls.read(google -> {
            Object held = google.plain()
                    .post(
                            "bigquery.googleapis.com",
                            "/bigquery/v2/projects/" + name.project() + "/datasets/" + name.dataset()
                                    + ":testIamPermissions",
                            Map.of("permissions", NEEDED))
                    .get("permissions");
            return held instanceof List<?> list ? list : List.of();
        });
        return switch (answer) {
            case Answer.Failed(var why) ->
                new Check(what, true, "could not be tested, the first write will tell: " + why.reason(), "");
            case Answer.Got(List<?> held) -> {
                List<String> missing =
                        NEEDED.stream().filter(each -> !held.contains(each)).toList();
                yield missing.isEmpty()
                        ? new Check(what, true, "has " + String.join(", ", NEEDED), "")
                        : new Check(what, false, "lacks " + String.join(", ", missing), grant(resource, calls));
            }
        };
    }

    private static String grant(Resource resource, GoogleCalls calls) {
        DatasetName name = DatasetName.of(resource.id());
        return Commands.customRole(name.project(), "provisionerDataset", NEEDED)
                + "; bq add-iam-policy-binding --member=" + Commands.self(calls) + " --role=projects/" + name.project()
                + "/roles/provisionerDataset " + name.project() + ":" + name.dataset();
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

package org.physionet.provisioner.adapters.gcp.calls;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** The names of Google's reference for what goes over the wire, so that calls are counted as the provider counts them. */
final class MethodNames {
    private static final String BUCKET = "/storage/v1/b/[^/]+";
    private static final String DATASET = "/bigquery/v2/projects/[^/]+/datasets/[^/:]+";
    private static final String GROUP = "/admin/directory/v1/groups/[^/]+";
    private static final String IDENTITY = "/v1/groups/[^/:]+";

    private static final String KEY_VERSION =
            "/v1/projects/[^/]+/locations/[^/]+/keyRings/[^/]+/cryptoKeys/[^/]+/cryptoKeyVersions/[^/:]+";
    private static final String KEYS = "cloudkms.projects.locations.keyRings.cryptoKeys.cryptoKeyVersions.";

    private static final List<Route> ROUTES = List.of(
            route("GET", BUCKET + "/iam", "storage.buckets.getIamPolicy"),
            route("PUT", BUCKET + "/iam", "storage.buckets.setIamPolicy"),
            route("GET", BUCKET + "/iam/testPermissions", "storage.buckets.testIamPermissions"),
            route("GET", BUCKET + "/acl", "storage.bucketAccessControls.list"),
            route("GET", BUCKET + "/defaultObjectAcl", "storage.defaultObjectAccessControls.list"),
            route("GET", BUCKET + "/o", "storage.objects.list"),
            route("GET", BUCKET + "/o/[^/]+", "storage.objects.get"),
            route("GET", BUCKET, "storage.buckets.get"),
            route("GET", DATASET, "bigquery.datasets.get"),
            route("PATCH", DATASET, "bigquery.datasets.patch"),
            route("POST", DATASET + ":testIamPermissions", "bigquery.datasets.testIamPermissions"),
            route("GET", DATASET + "/tables", "bigquery.tables.list"),
            route("GET", DATASET + "/tables/[^/]+/data", "bigquery.tabledata.list"),
            route("POST", DATASET + "/tables", "bigquery.tables.insert"),
            route("DELETE", DATASET + "/tables/[^/]+", "bigquery.tables.delete"),
            route("POST", "(/upload)?/bigquery/v2/projects/[^/]+/jobs", "bigquery.jobs.insert"),
            route("GET", "/bigquery/v2/projects/[^/]+/jobs/[^/]+", "bigquery.jobs.get"),
            route("GET", "/bigquery/v2/projects/[^/]+/queries/[^/]+", "bigquery.jobs.getQueryResults"),
            route("GET", GROUP + "/members", "directory.members.list"),
            route("POST", GROUP + "/members", "directory.members.insert"),
            route("GET", GROUP + "/members/[^/]+", "directory.members.get"),
            route("DELETE", GROUP + "/members/[^/]+", "directory.members.delete"),
            route("POST", "/admin/directory/v1/groups", "directory.groups.insert"),
            route("GET", GROUP, "directory.groups.get"),
            route("DELETE", GROUP, "directory.groups.delete"),
            route("GET", "/groups/v1/groups/[^/]+", "groupsSettings.groups.get"),
            route("PATCH", "/groups/v1/groups/[^/]+", "groupsSettings.groups.patch"),
            route("GET", "/v1/projects/[^/]+/services/[^/:]+", "serviceusage.services.get"),
            route(
                    "GET",
                    "/v2/projects/[^/]+/policies/[^/:]+:getEffectivePolicy",
                    "orgpolicy.projects.policies.getEffectivePolicy"),
            route("GET", KEY_VERSION + "/publicKey", KEYS + "getPublicKey"),
            route("POST", KEY_VERSION + ":asymmetricSign", KEYS + "asymmetricSign"),
            route("GET", "/v1/groups:lookup", "cloudidentity.groups.lookup"),
            route("POST", "/v1/groups", "cloudidentity.groups.create"),
            route("DELETE", IDENTITY, "cloudidentity.groups.delete"),
            route("GET", IDENTITY + "/securitySettings", "cloudidentity.groups.getSecuritySettings"),
            route("PATCH", IDENTITY + "/securitySettings", "cloudidentity.groups.updateSecuritySettings"),
            route("GET", IDENTITY + "/memberships", "cloudidentity.groups.memberships.list"),
            route("POST", IDENTITY + "/memberships", "cloudidentity.groups.memberships.create"),
            route("DELETE", IDENTITY + "/memberships/[^/]+", "cloudidentity.groups.memberships.delete"),
            route(
                    "POST",
                    IDENTITY + "/memberships/[^/]+:modifyMembershipRoles",
                    "cloudidentity.groups.memberships.modifyMembershipRoles"));

    /** Of methods that read though they are sent with POST. */
    private static final Set<String> READS = Set.of("getIamPolicy", "testIamPermissions", "asymmetricSign");

    private static final List<Route> ALL = withResourceManager();

    private MethodNames() {}

    private static List<Route> withResourceManager() {
        List<Route> all = new ArrayList<>(ROUTES);
        for (String kind : List.of("projects", "folders", "organizations")) {
            String one = "/v3/" + kind + "/[^/:]+";
            String name = "cloudresourcemanager." + kind + ".";
            all.add(route("GET", one, name + "get"));
            all.add(route("POST", one + ":getIamPolicy", name + "getIamPolicy"));
            all.add(route("POST", one + ":testIamPermissions", name + "testIamPermissions"));
        }
        return List.copyOf(all);
    }

    /** @param verb the HTTP verb that is meant, a method override already applied */
    static String of(String verb, String path) {
        for (Route route : ALL) {
            if (route.verb().equals(verb) && route.path().matcher(path).matches()) {
                return route.name();
            }
        }
        return "google." + verb.toLowerCase(Locale.ROOT);
    }

    static boolean writes(String verb, String method) {
        return !verb.equals("GET")
                && !verb.equals("HEAD")
                && !READS.contains(method.substring(method.lastIndexOf('.') + 1));
    }

    private static Route route(String verb, String path, String name) {
        return new Route(verb, Pattern.compile(path), name);
    }

    private record Route(String verb, Pattern path, String name) {}
}

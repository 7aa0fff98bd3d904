package org.physionet.provisioner.adapters.gcp.calls;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** The names of Google's reference for what goes over the wire, so that calls are counted as the provider counts them. */
final class MethodNames {
    private static final List<Route> ROUTES = List.of(
            route("GET", "/storage/v1/b/[^/]+/iam", "storage.buckets.getIamPolicy"),
            route("PUT", "/storage/v1/b/[^/]+/iam", "storage.buckets.setIamPolicy"),
            route("GET", "/storage/v1/b/[^/]+/iam/testPermissions", "storage.buckets.testIamPermissions"),
            route("GET", "/storage/v1/b/[^/]+", "storage.buckets.get"),
            route("GET", "/bigquery/v2/projects/[^/]+/datasets/[^/]+", "bigquery.datasets.get"),
            route("PATCH", "/bigquery/v2/projects/[^/]+/datasets/[^/]+", "bigquery.datasets.patch"),
            route("GET", "/admin/directory/v1/groups/[^/]+/members", "directory.members.list"),
            route("POST", "/admin/directory/v1/groups/[^/]+/members", "directory.members.insert"),
            route("GET", "/admin/directory/v1/groups/[^/]+/members/[^/]+", "directory.members.get"),
            route("DELETE", "/admin/directory/v1/groups/[^/]+/members/[^/]+", "directory.members.delete"),
            route("POST", "/admin/directory/v1/groups", "directory.groups.insert"),
            route("GET", "/admin/directory/v1/groups/[^/]+", "directory.groups.get"),
            route("GET", "/groups/v1/groups/[^/]+", "groupsSettings.groups.get"),
            route("PATCH", "/groups/v1/groups/[^/]+", "groupsSettings.groups.patch"));

    private MethodNames() {}

    /** @param verb the HTTP verb that is meant, a method override already applied */
    static String of(String verb, String path) {
        for (Route route : ROUTES) {
            if (route.verb().equals(verb) && route.path().matcher(path).matches()) {
                return route.name();
            }
        }
        return "google." + verb.toLowerCase(Locale.ROOT);
    }

    static boolean writes(String verb) {
        return !verb.equals("GET") && !verb.equals("HEAD");
    }

    private static Route route(String verb, String path, String name) {
        return new Route(verb, Pattern.compile(path), name);
    }

    private record Route(String verb, Pattern path, String name) {}
}

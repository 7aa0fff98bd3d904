package org.physionet.provisioner.adapters.gcp.calls;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.physionet.provisioner.engine.adapter.Budget;
import org.physionet.provisioner.engine.adapter.Pacing;

/**
 * How fast Google lets its APIs be called: one budget for each project and API, and which methods spend it. Writes of a
 * policy spend one of their bucket or dataset too, so that resources do not wait for each other.
 *
 * <p>A rate that Google counts in windows is declared so that the burst and what the rate adds stay within every window, also
 * when one run follows on another: 2,400 a minute is a burst of 20 and 39 a second, 5 in ten seconds is a burst of 2 and 0.3 a
 * second.
 */
public final class Rates {
    /** By method: what one bucket and one dataset take (facts/gcp.md 1). */
    private static final Map<String, EachResource> EACH = Map.of(
            "storage.buckets.setIamPolicy", new EachResource("storage-policy", 1.0, 1),
            "bigquery.datasets.patch", new EachResource("bigquery-policy", 0.3, 2));

    private final Map<String, Budget> byMethod = new HashMap<>();
    private final Map<String, Budget> byResource = new ConcurrentHashMap<>();
    private final Pacing pacing;

    public Rates(List<Budget> budgets, Pacing pacing) {
        budgets.forEach(budget -> budget.methods().forEach(method -> byMethod.put(method, budget)));
        this.pacing = pacing;
    }

    private record EachResource(String name, double perSecond, int burst) {
        Budget of(String method, String resource) {
            return new Budget(name + " " + resource, perSecond, burst, new TreeSet<>(List.of(method)));
        }
    }

    /**
     * The budgets of a project. The Directory has 2,400 queries a minute for a user and project (facts/gcp.md 1). The
     * others are ours, well below what is commonly seen: no source gives a figure.
     */
    public static List<Budget> of(String project) {
        return List.of(
                budget(
                        project,
                        "storage",
                        20.0,
                        20,
                        "storage.buckets.get",
                        "storage.buckets.getIamPolicy",
                        "storage.buckets.setIamPolicy",
                        "storage.buckets.testIamPermissions",
                        "storage.objects.list",
                        "storage.objects.get",
                        "storage.bucketAccessControls.list",
                        "storage.defaultObjectAccessControls.list"),
                budget(
                        project,
                        "bigquery",
                        20.0,
                        20,
                        "bigquery.datasets.get",
                        "bigquery.datasets.patch",
                        "bigquery.datasets.testIamPermissions",
                        "bigquery.tables.list",
                        "bigquery.tabledata.list"),
                budget(
                        project,
                        "directory",
                        39.0,
                        20,
                        "directory.members.list",
                        "directory.members.insert",
                        "directory.members.delete",
                        "directory.members.get",
                        "directory.groups.insert",
                        "directory.groups.get",
                        "directory.groups.delete"),
                budget(project, "groups-settings", 5.0, 5, "groupsSettings.groups.get", "groupsSettings.groups.patch"),
                budget(
                        project,
                        "cloud-identity",
                        10.0,
                        10,
                        "cloudidentity.groups.lookup",
                        "cloudidentity.groups.create",
                        "cloudidentity.groups.getSecuritySettings",
                        "cloudidentity.groups.updateSecuritySettings",
                        "cloudidentity.groups.memberships.list",
                        "cloudidentity.groups.memberships.create",
                        "cloudidentity.groups.memberships.delete",
                        "cloudidentity.groups.memberships.modifyMembershipRoles"),
                budget(
                        project,
                        "preflight",
                        10.0,
                        10,
                        "serviceusage.services.get",
                        "orgpolicy.projects.policies.getEffectivePolicy"),
                budget(
                        project,
                        "resource-manager",
                        10.0,
                        10,
                        "cloudresourcemanager.projects.get",
                        "cloudresourcemanager.projects.getIamPolicy",
                        "cloudresourcemanager.folders.get",
                        "cloudresourcemanager.folders.getIamPolicy",
                        "cloudresourcemanager.organizations.getIamPolicy"));
    }

    private static Budget budget(String project, String api, double perSecond, int burst, String... methods) {
        return new Budget(project + "/" + api, perSecond, burst, new TreeSet<>(List.of(methods)));
    }

    /** @param path of the call, by which the bucket or dataset is known */
    void before(String method, String path) {
        budgets(method, path).forEach(pacing::before);
    }

    /** Which of the budgets was meant is not said: all of them slow down. */
    void refused(String method, String path) {
        budgets(method, path).forEach(pacing::refused);
    }

    /** The resource's own first: whoever waits for it has not spent what others could use. */
    private List<Budget> budgets(String method, String path) {
        List<Budget> budgets = new ArrayList<>();
        EachResource each = EACH.get(method);
        if (each != null) {
            budgets.add(byResource.computeIfAbsent(method + path, _ -> each.of(method, path)));
        }
        Budget api = byMethod.get(method);
        if (api != null) {
            budgets.add(api);
        }
        return budgets;
    }
}

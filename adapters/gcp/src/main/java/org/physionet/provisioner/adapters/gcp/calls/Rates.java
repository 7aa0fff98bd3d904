package org.physionet.provisioner.adapters.gcp.calls;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.physionet.provisioner.engine.adapter.Budget;
import org.physionet.provisioner.engine.adapter.Pacing;

/** How fast Google lets its APIs be called: one budget for each project and API, and which methods spend it. */
public final class Rates {
    private final Map<String, Budget> byMethod = new HashMap<>();
    private final Pacing pacing;

    public Rates(List<Budget> budgets, Pacing pacing) {
        budgets.forEach(budget -> budget.methods().forEach(method -> byMethod.put(method, budget)));
        this.pacing = pacing;
    }

    /**
     * The budgets of a project. Writes of policies are held to what one bucket and one dataset take, since a run's writes
     * may all be for one (facts/gcp.md 1); the Directory has 2,400 queries a minute for a user and project, IAM 600 writes
     * a minute. The others are ours, well below what is commonly seen: no source gives a figure.
     */
    public static List<Budget> of(String project) {
        return List.of(
                budget(project, "storage-policy", 1.0, 1, "storage.buckets.setIamPolicy"),
                budget(
                        project,
                        "storage",
                        20.0,
                        20,
                        "storage.buckets.get",
                        "storage.buckets.getIamPolicy",
                        "storage.buckets.testIamPermissions",
                        "storage.objects.list",
                        "storage.objects.get",
                        "storage.bucketAccessControls.list",
                        "storage.defaultObjectAccessControls.list"),
                budget(project, "bigquery-policy", 0.5, 5, "bigquery.datasets.patch"),
                budget(
                        project,
                        "bigquery",
                        20.0,
                        20,
                        "bigquery.datasets.get",
                        "bigquery.datasets.testIamPermissions",
                        "bigquery.tables.list",
                        "bigquery.tabledata.list"),
                budget(
                        project,
                        "directory",
                        40.0,
                        40,
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

    void before(String method) {
        Budget budget = byMethod.get(method);
        if (budget != null) {
            pacing.before(budget);
        }
    }

    void refused(String method) {
        Budget budget = byMethod.get(method);
        if (budget != null) {
            pacing.refused(budget);
        }
    }
}

package org.physionet.provisioner.adapters.gcp.shadows;

import com.google.api.services.directory.model.Group;
import com.google.iam.v1.Binding;
import com.google.iam.v1.Policy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.physionet.provisioner.adapters.gcp.calls.GoogleCalls;
import org.physionet.provisioner.adapters.gcp.calls.GoogleCalls.Answer;
import org.physionet.provisioner.adapters.gcp.directory.GroupMark;
import org.physionet.provisioner.adapters.gcp.policy.Door;
import org.physionet.provisioner.adapters.gcp.policy.Entry;
import org.physionet.provisioner.adapters.gcp.policy.MemberPolicy;
import org.physionet.provisioner.adapters.gcp.shadows.Ancestry.Level;
import org.physionet.provisioner.adapters.gcp.shadows.InheritedRoles.Way;
import org.physionet.provisioner.engine.adapter.Shadow;
import org.physionet.provisioner.engine.model.Resource;

/**
 * Who can read a resource without being written there (facts/gcp.md 4, "Shadow access"): through the project and what it
 * is in, as one of the project's convenience members, or as everybody. Signed URLs and keys are in no list.
 */
public final class ShadowSearch {
    private static final Set<String> EVERYBODY = Set.of("allUsers", "allAuthenticatedUsers");

    /** Convenience members, and the basic role of the project whose holders they are. */
    private static final Map<String, String> CONVENIENCE = Map.of(
            "projectOwner:", "roles/owner",
            "projectEditor:", "roles/editor",
            "projectViewer:", "roles/viewer");

    private final GoogleCalls calls;
    private final Door door;
    private final Resource resource;
    private final InheritedRoles roles;
    private final List<Shadow> found = new ArrayList<>();

    private ShadowSearch(GoogleCalls calls, Door door, Resource resource, InheritedRoles roles) {
        this.calls = calls;
        this.door = door;
        this.resource = resource;
        this.roles = roles;
    }

    public static List<Shadow> ofBucket(GoogleCalls calls, Door door, Resource resource, String project) {
        ShadowSearch search = new ShadowSearch(calls, door, resource, InheritedRoles.OBJECTS);
        search.look(project);
        search.found.addAll(new LegacyLists(calls).of(resource));
        return List.copyOf(search.found);
    }

    public static List<Shadow> ofDataset(GoogleCalls calls, Door door, Resource resource, String project) {
        ShadowSearch search = new ShadowSearch(calls, door, resource, InheritedRoles.TABLES);
        search.look(project);
        return List.copyOf(search.found);
    }

    private void look(String project) {
        Ancestry.Result above = new Ancestry(calls).of(project);
        above.levels().forEach(this::inherited);
        if (!above.gap().isEmpty()) {
            add("whoever has a role above", above.gap(), false);
        }
        switch (calls.read(google -> door.read(google, resource))) {
            case Answer.Failed(var why) ->
                add("whoever is in its policy", resource.id() + " could not be read: " + why.reason(), false);
            case Answer.Got(MemberPolicy policy) -> {
                Level own = above.levels().getFirst();
                policy.entries().stream().filter(Entry::givesAccess).forEach(entry -> onResource(entry, own));
            }
        }
    }

    private void inherited(Level level) {
        switch (level.policy()) {
            case Answer.Failed(var why) ->
                add(
                        "whoever has a role there",
                        level.node() + level.below() + ": its policy could not be read: " + why.reason(),
                        false);
            case Answer.Got(Policy policy) -> policy.getBindingsList().forEach(binding -> inherited(level, binding));
        }
    }

    private void inherited(Level level, Binding binding) {
        Way way = roles.of(binding.getRole());
        if (way == Way.DOES_NOT) {
            return;
        }
        String path =
                level.node() + level.below() + " → " + resource.id() + ": " + binding.getRole() + condition(binding);
        for (String member : binding.getMembersList()) {
            if (!member.startsWith("deleted:")) {
                add(member, path, way == Way.READS && !binding.hasCondition());
            }
        }
    }

    private static String condition(Binding binding) {
        return binding.hasCondition() ? " if \"" + binding.getCondition().getTitle() + "\"" : "";
    }

    /** Everybody, and those who are written there only as members of the project. */
    private void onResource(Entry entry, Level project) {
        if (EVERYBODY.contains(entry.member())) {
            add(entry.member(), resource.id() + ": " + entry.text(), true);
        }
        if (entry.isGroup()
                && !entry.member()
                        .equalsIgnoreCase("group:" + resource.options().get("group"))) {
            group(entry);
        }
        CONVENIENCE.forEach((prefix, role) -> {
            if (entry.member().startsWith(prefix)) {
                members(entry, project, role);
            }
        });
    }

    /** The group of an earlier catalog: who is in it reads on, and no run looks at it any more. */
    private void group(Entry entry) {
        String address = entry.member().substring(entry.member().indexOf(':') + 1);
        Answer<Group> answer =
                calls.read(google -> google.directory().groups().get(address).execute());
        if (answer instanceof Answer.Got(Group own) && GroupMark.isIn(own.getDescription())) {
            Shadow orphan = new Shadow(
                    entry.member(),
                    resource.id() + ": " + entry.text() + "; a group of ours (" + own.getDescription()
                            + ") that the catalog does not name here: take it out of the policy, or name it as group:",
                    true,
                    true);
            found.add(orphan);
        }
    }

    private void members(Entry entry, Level project, String role) {
        if (!(project.policy() instanceof Answer.Got(Policy policy))) {
            add(entry.member(), resource.id() + ": " + entry.text() + "; who they are could not be read", false);
            return;
        }
        policy.getBindingsList().stream()
                .filter(binding -> binding.getRole().equals(role))
                .flatMap(binding -> binding.getMembersList().stream())
                .filter(member -> !member.startsWith("deleted:"))
                .forEach(member ->
                        add(member, project.node() + ": " + role + " → " + resource.id() + ": " + entry.text(), true));
    }

    private void add(String who, String path, boolean certain) {
        Shadow shadow = new Shadow(who, path, certain);
        if (!found.contains(shadow)) {
            found.add(shadow);
        }
    }
}

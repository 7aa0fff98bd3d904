package org.physionet.provisioner.adapters.gcp.directory;

import java.util.List;
import org.physionet.provisioner.adapters.gcp.calls.GoogleCalls;
import org.physionet.provisioner.adapters.gcp.members.GooglePrincipals;
import org.physionet.provisioner.engine.adapter.Outcome;
import org.physionet.provisioner.engine.adapter.Outcome.AlreadySo;
import org.physionet.provisioner.engine.adapter.Outcome.Applied;
import org.physionet.provisioner.engine.adapter.Write;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.model.Resource;

/** Sends one write of the group layout: its calls in order, up to the first that fails. */
final class GroupWriting {
    private final GoogleCalls calls;
    private final Door door;
    private final Resource resource;
    private final Write write;
    private final String group;

    GroupWriting(GoogleCalls calls, Door door, Resource resource, Write write) {
        this.calls = calls;
        this.door = door;
        this.resource = resource;
        this.write = write;
        this.group = ThroughGroup.address(resource);
    }

    Outcome send() {
        return switch ((GroupWrite) write.payload()) {
            case GroupWrite.Join(Principal person) -> join(person);
            case GroupWrite.Leave(List<String> listed) -> leave(listed);
            case GroupWrite.Shut(Object document) -> door(document, false);
            case GroupWrite.Open open -> open(open);
        };
    }

    private Outcome join(Principal person) {
        String address = GooglePrincipals.address(person);
        return calls.group(
                google -> {
                    GroupCalls.join(google, group, address);
                    return group;
                },
                (failures, e) -> failures.ofJoin(e, write, person));
    }

    private Outcome leave(List<String> listed) {
        Outcome all = new AlreadySo();
        for (String each : listed) {
            Outcome one = calls.group(
                    google -> {
                        GroupCalls.leave(google, group, each);
                        return group;
                    },
                    (failures, e) -> failures.ofLeave(e, write));
            if (one instanceof Outcome.Failure) {
                return one;
            }
            all = one instanceof Applied ? one : all;
        }
        return all;
    }

    private Outcome door(Object document, boolean open) {
        return calls.write(write, google -> {
            door.write(google, resource, document, group, open);
            return group;
        });
    }

    /** The door comes after everything that must be so before it: a failure up to there leaves everybody outside. */
    private Outcome open(GroupWrite.Open open) {
        if (open.create() && create() instanceof Outcome.Failure failure) {
            return failure;
        }
        if (open.close() && close() instanceof Outcome.Failure failure) {
            return failure;
        }
        if (leave(open.leftovers()) instanceof Outcome.Failure failure) {
            return failure;
        }
        Outcome opened = door(open.document(), true);
        Principal first = open.first();
        return opened instanceof Outcome.Failure || first == null ? opened : join(first);
    }

    private Outcome create() {
        return calls.group(
                google -> {
                    GroupCalls.create(google, group, resource.id().text());
                    return group;
                },
                (failures, e) -> failures.ofCreation(e, write));
    }

    private Outcome close() {
        return calls.write(write, google -> {
            GroupCalls.close(google, group);
            return group;
        });
    }
}

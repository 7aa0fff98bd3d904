package org.physionet.provisioner.adapters.gcp.directory;

import com.google.api.services.directory.model.Group;
import org.physionet.provisioner.adapters.gcp.calls.GoogleCalls;
import org.physionet.provisioner.adapters.gcp.calls.GoogleCalls.Answer;
import org.physionet.provisioner.engine.adapter.Outcome;
import org.physionet.provisioner.engine.adapter.Write;

/**
 * A group that a failed creation left behind (facts/gcp.md 2, row 17): its address is taken, and most calls do not see it.
 * It is deleted, so that the next attempt makes a whole one; a group that does not carry our mark never is.
 */
final class HalfMadeGroup {
    private final GoogleCalls calls;
    private final Write write;
    private final GroupRef group;

    HalfMadeGroup(GoogleCalls calls, Write write, GroupRef group) {
        this.calls = calls;
        this.write = write;
        this.group = group;
    }

    /** @param failure of the first call that needed a whole group */
    Outcome cleared(Outcome.Failure failure) {
        Answer<Group> answer = calls.read(
                google -> google.directory().groups().get(group.address()).execute());
        if (!(answer instanceof Answer.Got(Group found))) {
            return failure;
        }
        boolean ours = GroupMark.isIn(found.getDescription());
        boolean empty = found.getDirectMembersCount() == null || found.getDirectMembersCount() == 0;
        if (!ours || !empty) {
            return failure;
        }
        Outcome deleted = calls.group(
                google -> {
                    google.directory().groups().delete(group.address()).execute();
                    return group;
                },
                (failures, e) -> failures.ofUpkeep(e, write));
        return deleted instanceof Outcome.Failure
                ? failure
                : new Outcome.Conflict("group " + group.address()
                        + " was left half-made by an earlier attempt and has been deleted: make it again");
    }
}

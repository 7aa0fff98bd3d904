package org.physionet.provisioner.adapters.gcp.calls;

import java.util.List;
import java.util.Optional;
import org.physionet.provisioner.adapters.gcp.calls.GoogleCalls.Answer;

/** Parts of the commands that checks print, so that they can be pasted. */
public final class Commands {
    private Commands() {}

    /** The provisioner as a policy's member; a word to be replaced if the machine does not say who it is. */
    public static String self(GoogleCalls calls) {
        return calls.read(GoogleClients::self) instanceof Answer.Got(Optional<String> self)
                ? self.orElse("serviceAccount:PROVISIONER")
                : "serviceAccount:PROVISIONER";
    }

    /** Makes the role that holds just these permissions, named as the Terraform modules name it. */
    public static String customRole(String project, String id, List<String> permissions) {
        return "gcloud iam roles create " + id + " --project=" + project + " --permissions="
                + String.join(",", permissions);
    }
}

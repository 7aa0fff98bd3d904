package org.physionet.provisioner.adapters.gcp.shadows;

import com.google.iam.v1.Policy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.physionet.provisioner.adapters.gcp.calls.GoogleCalls;
import org.physionet.provisioner.adapters.gcp.calls.GoogleCalls.Answer;
import org.physionet.provisioner.adapters.gcp.calls.GoogleClients;

/** A project and what it is in, from below, each with its policy. */
final class Ancestry {
    /** Folders nest at most ten deep; anything longer is an answer not to be followed. */
    private static final int MOST = 15;

    private final GoogleCalls calls;

    Ancestry(GoogleCalls calls) {
        this.calls = calls;
    }

    /**
     * One of them.
     *
     * @param node {@code projects/ID}, {@code folders/NUMBER}, {@code organizations/NUMBER}
     * @param below the way down from it, e.g. {@code " → projects/p"}; empty for the project
     */
    record Level(String node, String below, Answer<Policy> policy) {}

    /** Ends with the first whose parent can not be read; {@link Result#gap} says so. */
    Result of(String project) {
        List<Level> levels = new ArrayList<>();
        String node = "projects/" + project;
        String below = "";
        String gap = "";
        while (!node.isEmpty() && levels.size() < MOST) {
            String each = node;
            levels.add(new Level(
                    each, below, calls.read(google -> google.nodePolicies().of(each))));
            below = " → " + each + below;
            switch (calls.read(google -> parent(google, each))) {
                case Answer.Got(String parent) -> node = parent;
                case Answer.Failed(var why) -> {
                    gap = "what " + each + " is in could not be read: " + why.reason();
                    node = "";
                }
            }
        }
        return new Result(levels, gap);
    }

    private static String parent(GoogleClients google, String node) throws IOException {
        return node.startsWith("organizations/")
                ? ""
                : google.plain()
                                        .get("cloudresourcemanager.googleapis.com", "/v3/" + node)
                                        .get("parent")
                                instanceof String parent
                        ? parent
                        : "";
    }

    /** @param gap why the rest is not known; empty: it is all there */
    record Result(List<Level> levels, String gap) {}
}

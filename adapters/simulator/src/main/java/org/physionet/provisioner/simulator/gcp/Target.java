package org.physionet.provisioner.simulator.gcp;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A resource as IAM sees it: the policies in force on it and above it, and what conditions can look at.
 *
 * @param label for people, e.g. {@code bucket b}
 */
record Target(String label, List<Layer> layers, Expression.Context context) {
    /** One policy in force. */
    record Layer(String label, List<Binding> bindings) {}

    static Target bucket(GoogleState state, Bucket bucket) {
        return storage(state, bucket, "storage.googleapis.com/Bucket", "projects/_/buckets/" + bucket.name);
    }

    static Target object(GoogleState state, Bucket bucket, String object) {
        String name = "projects/_/buckets/" + bucket.name + "/objects/" + object;
        Target target = storage(state, bucket, "storage.googleapis.com/Object", name);
        StoredObject stored = bucket.objects.get(object);
        if (bucket.uniformAccess() || stored == null) {
            return target;
        }
        List<Layer> layers = new ArrayList<>(target.layers());
        layers.add(new Layer(
                "the access control list of object " + object, AclEntry.bindings(state, bucket.project, stored.acl())));
        return new Target(target.label(), layers, target.context());
    }

    private static Target storage(GoogleState state, Bucket bucket, String type, String name) {
        List<Layer> layers = new ArrayList<>();
        layers.add(new Layer(
                "bucket " + bucket.name, bucket.policy.inForce(state.now()).bindings()));
        addNodes(state, bucket.project, layers);
        return new Target(
                "bucket " + bucket.name,
                layers,
                new Expression.Context(state.now(), name, type, "storage.googleapis.com"));
    }

    static Target dataset(GoogleState state, BqDataset dataset) {
        List<Layer> layers = new ArrayList<>();
        layers.add(new Layer(
                "dataset " + dataset.name(), dataset.access.inForce(state.now()).bindings()));
        addNodes(state, dataset.project, layers);
        String name = "projects/" + dataset.project + "/datasets/" + dataset.id;
        return new Target(
                "dataset " + dataset.name(),
                layers,
                new Expression.Context(
                        state.now(), name, "bigquery.googleapis.com/Dataset", "bigquery.googleapis.com"));
    }

    static Target project(GoogleState state, String id) {
        return node(state, "projects/" + id);
    }

    static Target node(GoogleState state, String node) {
        List<Layer> layers = new ArrayList<>();
        Instant now = state.now();
        addNode(state, state.node(node), layers);
        return new Target(
                node.replace("s/", " "),
                layers,
                new Expression.Context(
                        now,
                        "//cloudresourcemanager.googleapis.com/" + node,
                        "cloudresourcemanager.googleapis.com/Project",
                        "cloudresourcemanager.googleapis.com"));
    }

    private static void addNodes(GoogleState state, String project, List<Layer> layers) {
        addNode(state, state.project(project), layers);
    }

    private static void addNode(GoogleState state, Node node, List<Layer> layers) {
        layers.add(layer(state, node));
        node.ancestors.forEach(ancestor -> layers.add(layer(state, state.node(ancestor))));
    }

    private static Layer layer(GoogleState state, Node node) {
        return new Layer(
                node.name.replaceFirst("s/", " "),
                node.policy.inForce(state.now()).bindings());
    }
}

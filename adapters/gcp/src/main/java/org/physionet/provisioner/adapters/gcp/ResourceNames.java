package org.physionet.provisioner.adapters.gcp;

import java.util.regex.Pattern;

/**
 * The names that Google takes. Buckets: cloud.google.com/storage/docs/buckets#naming. Datasets: letters, digits and
 * underscores, at most 1,024. Projects: 6 to 30 characters, older ones behind a domain ({@code example.com:project}).
 */
final class ResourceNames {
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9_-]{0,61}[a-z0-9])?");
    private static final Pattern ADDRESS = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
    private static final Pattern DATASET = Pattern.compile("[A-Za-z0-9_]{1,1024}");
    private static final Pattern PROJECT = Pattern.compile("([a-z0-9.-]+:)?[a-z][a-z0-9-]{0,28}[a-z0-9]");

    private ResourceNames() {}

    static String bucket(String name) {
        boolean dotted = name.contains(".");
        int longest = dotted ? 222 : 63;
        if (name.length() < 3 || name.length() > longest) {
            throw new IllegalArgumentException(
                    "bucket: expected 3 to " + longest + " characters, found \"" + name + "\"");
        }
        for (String label : name.split("\\.", -1)) {
            if (!LABEL.matcher(label).matches()) {
                throw new IllegalArgumentException("bucket: expected lower-case letters, digits, - and _ between dots,"
                        + " each part beginning and ending with a letter or digit and at most 63 long, found \"" + name
                        + "\"");
            }
        }
        if (ADDRESS.matcher(name).matches() || name.startsWith("goog") || name.contains("google")) {
            throw new IllegalArgumentException(
                    "bucket: expected a name that is no IP address, does not begin with goog or contain google, found \""
                            + name + "\"");
        }
        return name;
    }

    static String dataset(String name) {
        int dot = name.lastIndexOf('.');
        String project = dot < 0 ? "" : name.substring(0, dot);
        String dataset = name.substring(dot + 1);
        if (!PROJECT.matcher(project).matches() || !DATASET.matcher(dataset).matches()) {
            throw new IllegalArgumentException(
                    "BigQuery dataset: expected PROJECT.DATASET (the dataset of letters, digits" + " and _), found \""
                            + name + "\"");
        }
        return name;
    }
}

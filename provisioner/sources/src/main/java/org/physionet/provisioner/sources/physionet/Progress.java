package org.physionet.provisioner.sources.physionet;

/** What is being read at the moment, for the error message if it fails. */
final class Progress {
    private String table = "the catalogue";
    private long rows;

    void at(String table) {
        this.table = table;
    }

    void row() {
        rows++;
    }

    @Override
    public String toString() {
        return table + ", after " + rows + " rows";
    }
}

package org.physionet.provisioner.app.cli;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Objects;
import java.util.zip.ZipException;

/**
 * Why a file could not be read or written, in a reader's words. The JDK tells it by the name of the exception's class, with the path
 * alone as the message; who never wrote Java learns nothing from that.
 */
public final class Unreadable {
    private Unreadable() {}

    /** Half a sentence, without the path; never the name of a Java class. */
    public static String why(Exception e) {
        return switch (e) {
            case UncheckedIOException unchecked -> why(Objects.requireNonNull(unchecked.getCause()));
            case NoSuchFileException gone -> "there is no such file";
            case AccessDeniedException denied -> "this user may not";
            case NotDirectoryException file -> "a part of its path is a file, not a folder";
            case FileSystemException other when other.getReason() != null -> other.getReason();
            case FileSystemException other -> "the file system refuses";
            case CharacterCodingException wrong -> "it is not text in UTF-8";
            case EOFException end -> "it ends in the middle";
            case ZipException packed -> "it is not packed as its name says";
            case IOException told when told.getMessage() != null -> told.getMessage();
            default -> "reading stopped";
        };
    }
}

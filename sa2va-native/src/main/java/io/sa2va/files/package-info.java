/** Files and folders that are seen only when all of them is written. */
package io.sa2va.files;

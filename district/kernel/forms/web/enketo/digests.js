// The part of node-forge that the XPath function digest() uses.
import forge from 'node-forge/lib/forge';
import 'node-forge/lib/md5';
import 'node-forge/lib/sha1';
import 'node-forge/lib/sha256';
import 'node-forge/lib/sha512';
import 'node-forge/lib/util';

export const { md, util } = forge;

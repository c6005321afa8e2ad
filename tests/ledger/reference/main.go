// Reference makes vectors with the reference modules of the formats, and checks those that were made elsewhere.
//
//	reference make FOLDER     writes theirs.note, theirs.key, theirs.tree, theirs.dsse, theirs.public
//	reference check FOLDER    reads ours.note, ours.key, ours.tree, ours.dsse, ours.public
package main

import (
	"bufio"
	"context"
	"crypto"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/secure-systems-lab/go-securesystemslib/dsse"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const largest = 40

type memory []tlog.Hash

func (m memory) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	var found []tlog.Hash
	for _, index := range indexes {
		found = append(found, m[index])
	}
	return found, nil
}

func must[T any](value T, err error) T {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	return value
}

func put(folder, name, text string) {
	must(0, os.WriteFile(filepath.Join(folder, name), []byte(text), 0o644))
}

func get(folder, name string) string {
	return string(must(os.ReadFile(filepath.Join(folder, name))))
}

func entry(i int64) []byte { return []byte(fmt.Sprintf("entry %d", i)) }

func tree() memory {
	var hashes memory
	for i := int64(0); i < largest; i++ {
		hashes = append(hashes, must(tlog.StoredHashes(i, entry(i), hashes))...)
	}
	return hashes
}

type key struct {
	private ed25519.PrivateKey
	public  ed25519.PublicKey
	id      string
}

func (k key) Sign(_ context.Context, data []byte) ([]byte, error) {
	return ed25519.Sign(k.private, data), nil
}
func (k key) KeyID() (string, error)   { return k.id, nil }
func (k key) Public() crypto.PublicKey { return k.public }
func (k key) Verify(_ context.Context, data, signature []byte) error {
	if !ed25519.Verify(k.public, data, signature) {
		return errors.New("the signature does not fit")
	}
	return nil
}

func line(kind string, first, second int64, hashes []tlog.Hash) string {
	text := fmt.Sprintf("%s %d %d", kind, first, second)
	for _, hash := range hashes {
		text += " " + hex.EncodeToString(hash[:])
	}
	return text + "\n"
}

func makeVectors(folder string) {
	private, public, err := note.GenerateKey(rand.Reader, "go.example/log")
	must(0, err)
	signer := must(note.NewSigner(private))
	put(folder, "theirs.note", string(must(note.Sign(&note.Note{Text: "A text.\n\nOf two parts – with a dash.\n"}, signer))))
	put(folder, "theirs.key", public)

	hashes := tree()
	var text strings.Builder
	for size := int64(1); size <= largest; size++ {
		text.WriteString(line("root", size, 0, []tlog.Hash{must(tlog.TreeHash(size, hashes))}))
		for i := int64(0); i < size; i++ {
			text.WriteString(line("record", size, i, must(tlog.ProveRecord(size, i, hashes))))
			text.WriteString(line("tree", size, i+1, must(tlog.ProveTree(size, i+1, hashes))))
		}
	}
	put(folder, "theirs.tree", text.String())

	publicKey, privateKey, err := ed25519.GenerateKey(rand.Reader)
	must(0, err)
	envelopes := must(dsse.NewEnvelopeSigner(key{privateKey, publicKey, "go"}))
	envelope := must(envelopes.SignPayload(context.Background(), "application/vnd.in-toto+json", []byte(`{"a": "ü"}`)))
	put(folder, "theirs.dsse", string(must(json.Marshal(envelope))))
	put(folder, "theirs.public", hex.EncodeToString(publicKey))
}

func checkTree(text string) {
	hashes := tree()
	lines := bufio.NewScanner(strings.NewReader(text))
	for lines.Scan() {
		words := strings.Fields(lines.Text())
		var size, other int64
		must(fmt.Sscan(words[1]+" "+words[2], &size, &other))
		var proof []tlog.Hash
		for _, word := range words[3:] {
			proof = append(proof, tlog.Hash(must(hex.DecodeString(word))))
		}
		root := must(tlog.TreeHash(size, hashes))
		switch words[0] {
		case "root":
			if proof[0] != root {
				must(0, fmt.Errorf("the root of %d is another", size))
			}
		case "record":
			must(0, tlog.CheckRecord(proof, size, root, other, tlog.RecordHash(entry(other))))
		case "tree":
			must(0, tlog.CheckTree(proof, size, root, other, must(tlog.TreeHash(other, hashes))))
		}
	}
}

func checkVectors(folder string) {
	verifier := must(note.NewVerifier(strings.TrimSpace(get(folder, "ours.key"))))
	must(note.Open([]byte(get(folder, "ours.note")), note.VerifierList(verifier)))
	checkTree(get(folder, "ours.tree"))
	var envelope dsse.Envelope
	must(0, json.Unmarshal([]byte(get(folder, "ours.dsse")), &envelope))
	public := must(hex.DecodeString(get(folder, "ours.public")))
	envelopes := must(dsse.NewEnvelopeVerifier(key{public: public, id: envelope.Signatures[0].KeyID}))
	must(envelopes.Verify(context.Background(), &envelope))
	fmt.Println("all fit")
}

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: reference make|check FOLDER")
		os.Exit(2)
	}
	if os.Args[1] == "make" {
		makeVectors(os.Args[2])
	} else {
		checkVectors(os.Args[2])
	}
}

"""What the database itself sees to about the programme's money, whoever writes.

The ledger balances (for each budget line too), is only added to, and agrees at every commit with the documents: a
commitment holds what it says, a payment is paid once it is approved and not before, a line has granted what was approved.
Documents go their way step by step; who signed a step stays written. Nothing is booked in a year that is closed.
"""

GUARDS = """
CREATE FUNCTION programme_posting_balances() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE number bigint; wrong record; count integer;
BEGIN
    IF TG_TABLE_NAME = 'programme_posting' THEN number := NEW.id; ELSE number := NEW.posting_id; END IF;
    SELECT count(*) INTO count FROM programme_postingline WHERE posting_id = number;
    IF count < 2 THEN
        RAISE EXCEPTION 'posting % does not balance: % lines', number, count USING ERRCODE = 'check_violation';
    END IF;
    FOR wrong IN SELECT a.line_id, a.source, sum(p.amount_fen) AS total FROM programme_postingline p
        JOIN programme_ledgeraccount a ON a.id = p.account_id WHERE p.posting_id = number
        GROUP BY a.line_id, a.source HAVING sum(p.amount_fen) <> 0 LOOP
        RAISE EXCEPTION 'posting % does not balance: % for line % source %', number, wrong.total, wrong.line_id, wrong.source
            USING ERRCODE = 'check_violation';
    END LOOP;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER programme_posting_balances AFTER INSERT ON programme_posting
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION programme_posting_balances();
CREATE CONSTRAINT TRIGGER programme_posting_balances AFTER INSERT ON programme_postingline
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION programme_posting_balances();

CREATE FUNCTION programme_ledger_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the ledger is only ever added to' USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER programme_ledger_is_kept BEFORE UPDATE OR DELETE ON programme_posting
    FOR EACH ROW EXECUTE FUNCTION programme_ledger_is_kept();
CREATE TRIGGER programme_ledger_is_kept BEFORE UPDATE OR DELETE ON programme_postingline
    FOR EACH ROW EXECUTE FUNCTION programme_ledger_is_kept();
CREATE TRIGGER programme_ledger_is_kept BEFORE DELETE ON programme_ledgeraccount
    FOR EACH ROW EXECUTE FUNCTION programme_ledger_is_kept();

CREATE FUNCTION programme_year_is_open() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE closed boolean;
BEGIN
    SELECT y.is_closed INTO closed FROM programme_ledgeraccount a JOIN programme_budgetline l ON l.id = a.line_id
        JOIN programme_fundyear y ON y.id = l.year_id WHERE a.id = NEW.account_id FOR SHARE OF y;
    IF closed THEN
        RAISE EXCEPTION 'the year of this line is closed' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER programme_year_is_open BEFORE INSERT ON programme_postingline
    FOR EACH ROW EXECUTE FUNCTION programme_year_is_open();

CREATE FUNCTION programme_balance_follows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE programme_ledgeraccount SET balance_fen = balance_fen + NEW.amount_fen WHERE id = NEW.account_id;
    RETURN NULL;
END $$;
CREATE TRIGGER programme_balance_follows AFTER INSERT ON programme_postingline
    FOR EACH ROW EXECUTE FUNCTION programme_balance_follows();

CREATE FUNCTION programme_account_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.balance_fen <> 0 THEN
            RAISE EXCEPTION 'an account begins with nothing' USING ERRCODE = 'check_violation';
        END IF;
        IF NEW.commitment_id IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM programme_commitment k WHERE k.id = NEW.commitment_id AND k.line_id = NEW.line_id)
           OR NEW.payment_id IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM programme_payment p WHERE p.id = NEW.payment_id AND p.commitment_id = NEW.commitment_id) THEN
            RAISE EXCEPTION 'an account is of one line, one commitment, one payment' USING ERRCODE = 'check_violation';
        END IF;
    ELSIF to_jsonb(NEW) - 'balance_fen' <> to_jsonb(OLD) - 'balance_fen' THEN
        RAISE EXCEPTION 'an account stays what it is' USING ERRCODE = 'check_violation';
    ELSIF NEW.balance_fen <> OLD.balance_fen AND pg_trigger_depth() < 2 THEN
        RAISE EXCEPTION 'a balance is the sum of its lines and cannot be written' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER programme_account_is_kept BEFORE INSERT OR UPDATE ON programme_ledgeraccount
    FOR EACH ROW EXECUTE FUNCTION programme_account_is_kept();

-- Arguments: where it begins, the steps, what a step may write (once), what may be written at any time.
CREATE FUNCTION programme_goes_its_way() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    steps text[] := string_to_array(TG_ARGV[1], ' ');
    once text[] := string_to_array(TG_ARGV[2], ' ');
    free text[] := string_to_array(TG_ARGV[3], ' ');
    old_row jsonb; new_row jsonb; name text;
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION '% % is kept', TG_TABLE_NAME, OLD.id USING ERRCODE = 'check_violation';
    END IF;
    new_row := to_jsonb(NEW);
    IF TG_OP = 'INSERT' THEN
        IF TG_ARGV[0] <> '' AND NEW.state <> TG_ARGV[0] THEN
            RAISE EXCEPTION '% begins as %, not as %', TG_TABLE_NAME, TG_ARGV[0], NEW.state USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    old_row := to_jsonb(OLD);
    IF NEW.state <> OLD.state AND NOT (OLD.state || '>' || NEW.state = ANY (steps)) THEN
        RAISE EXCEPTION '% % does not go from % to %', TG_TABLE_NAME, NEW.id, OLD.state, NEW.state
            USING ERRCODE = 'check_violation';
    END IF;
    FOR name IN SELECT key FROM jsonb_each(new_row) WHERE new_row -> key IS DISTINCT FROM old_row -> key LOOP
        CONTINUE WHEN name = 'state' OR name = ANY (free);
        CONTINUE WHEN name = ANY (once) AND NEW.state <> OLD.state AND old_row ->> name IS NULL;
        CONTINUE WHEN name = ANY (once) AND NEW.state <> OLD.state AND old_row ->> name = '';
        RAISE EXCEPTION '% of % % is not changed', name, TG_TABLE_NAME, NEW.id USING ERRCODE = 'check_violation';
    END LOOP;
    RETURN NEW;
END $$;
CREATE TRIGGER programme_goes_its_way BEFORE INSERT OR UPDATE OR DELETE ON programme_budgetline FOR EACH ROW
    EXECUTE FUNCTION programme_goes_its_way('asked', 'asked>approved asked>refused', 'decided_by_id decided_at',
        'lapsed_fen carried_fen');
CREATE TRIGGER programme_goes_its_way BEFORE INSERT OR UPDATE OR DELETE ON programme_budgetchange FOR EACH ROW
    EXECUTE FUNCTION programme_goes_its_way('asked', 'asked>approved asked>refused', 'decided_by_id decided_at', '');
CREATE TRIGGER programme_goes_its_way BEFORE INSERT OR UPDATE OR DELETE ON programme_receipt FOR EACH ROW
    EXECUTE FUNCTION programme_goes_its_way('asked', 'asked>approved asked>refused', 'decided_by_id decided_at', '');
CREATE TRIGGER programme_goes_its_way BEFORE INSERT OR UPDATE OR DELETE ON programme_subsidy FOR EACH ROW
    EXECUTE FUNCTION programme_goes_its_way('asked', 'asked>approved asked>refused approved>ended',
        'decided_by_id decided_at', '');
CREATE TRIGGER programme_goes_its_way BEFORE INSERT OR UPDATE OR DELETE ON programme_commitment FOR EACH ROW
    EXECUTE FUNCTION programme_goes_its_way('', 'held>bound held>released bound>released', '', 'carried_fen');
CREATE TRIGGER programme_goes_its_way BEFORE INSERT OR UPDATE OR DELETE ON programme_payment FOR EACH ROW
    EXECUTE FUNCTION programme_goes_its_way('asked',
        'asked>approved asked>refused approved>withdrawn approved>paid paid>returned',
        'decided_by_id decided_at decision_note paid_by_id paid_at voucher returned_by_id returned_at return_reason', '');
CREATE TRIGGER programme_goes_its_way BEFORE UPDATE ON programme_contract FOR EACH ROW
    EXECUTE FUNCTION programme_goes_its_way('', 'asked>approved asked>refused approved>ended approved>terminated',
        'decided_by_id approved_at', '');

CREATE FUNCTION programme_term_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT state FROM programme_contract WHERE id = coalesce(NEW.contract_id, OLD.contract_id)) <> 'asked' THEN
        RAISE EXCEPTION 'the terms of a contract stay as they were approved' USING ERRCODE = 'check_violation';
    END IF;
    RETURN coalesce(NEW, OLD);
END $$;
CREATE TRIGGER programme_term_is_kept BEFORE INSERT OR UPDATE OR DELETE ON programme_paymentterm
    FOR EACH ROW EXECUTE FUNCTION programme_term_is_kept();

CREATE FUNCTION programme_term_is_met(t programme_paymentterm, project bigint, run bigint) RETURNS boolean
LANGUAGE plpgsql AS $$
DECLARE stage text := (SELECT p.stage FROM programme_project p WHERE p.id = project); accepted boolean;
BEGIN
    IF t.condition = 'none' THEN RETURN true; END IF;
    IF t.condition = 'milestone' THEN
        RETURN EXISTS (SELECT 1 FROM programme_milestone m WHERE m.id = t.milestone_id AND m.done_on IS NOT NULL);
    END IF;
    IF t.condition = 'signed' THEN RETURN stage IN ('delivery', 'acceptance', 'evaluation', 'closed'); END IF;
    IF t.condition = 'delivered' THEN RETURN stage IN ('acceptance', 'evaluation', 'closed'); END IF;
    accepted := EXISTS (SELECT 1 FROM programme_acceptance a JOIN programme_acceptancerun r ON r.id = a.run_id
                        WHERE a.project_id = project AND r.id = run AND r.is_passed);
    IF t.condition = 'accepted' THEN RETURN accepted; END IF;
    RETURN accepted AND EXISTS (SELECT 1 FROM programme_effectreport e WHERE e.project_id = project
                                AND e.confirmed_at IS NOT NULL AND e.grade <> 'poor');
END $$;

CREATE FUNCTION programme_payment_may_go() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE k programme_commitment; c programme_contract; t programme_paymentterm; taken numeric; bound numeric; allowed boolean;
BEGIN
    SELECT * INTO k FROM programme_commitment WHERE id = NEW.commitment_id;
    IF TG_OP = 'UPDATE' AND NEW.state = OLD.state OR NEW.state NOT IN ('asked', 'approved', 'paid') THEN RETURN NEW; END IF;
    IF NEW.term_id IS NOT NULL THEN
        SELECT * INTO t FROM programme_paymentterm WHERE id = NEW.term_id FOR UPDATE;
        IF t.contract_id IS DISTINCT FROM k.contract_id THEN
            RAISE EXCEPTION 'the term is of another contract' USING ERRCODE = 'check_violation';
        END IF;
    ELSIF EXISTS (SELECT 1 FROM programme_paymentterm WHERE contract_id = k.contract_id) THEN
        RAISE EXCEPTION 'the contract has terms: a payment names one' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.state = 'asked' THEN RETURN NEW; END IF;
    IF k.contract_id IS NULL THEN
        PERFORM 1 FROM programme_subsidy WHERE id = k.subsidy_id AND state = 'approved' FOR SHARE;
        allowed := FOUND;
    ELSE
        SELECT * INTO c FROM programme_contract WHERE id = k.contract_id FOR SHARE;
        allowed := c.state = 'approved' AND c.decided_by_id IS NOT NULL AND c.approved_at IS NOT NULL;
        SELECT coalesce(sum(amount_fen - carried_fen), 0) INTO bound FROM programme_commitment WHERE contract_id = c.id;
        SELECT coalesce(sum(p.amount_fen), 0) INTO taken FROM programme_payment p
            JOIN programme_commitment b ON b.id = p.commitment_id
            WHERE b.contract_id = c.id AND p.id <> NEW.id AND p.state IN ('approved', 'paid');
        IF bound <> c.amount_fen OR taken + NEW.amount_fen > c.amount_fen THEN
            RAISE EXCEPTION 'payment % goes past contract %', NEW.number, c.number USING ERRCODE = 'check_violation';
        END IF;
    END IF;
    IF NOT allowed OR k.state <> 'bound' THEN
        RAISE EXCEPTION 'payment % rests on nothing approved', NEW.number USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.term_id IS NOT NULL THEN
        SELECT coalesce(sum(amount_fen), 0) INTO taken FROM programme_payment
            WHERE term_id = t.id AND id <> NEW.id AND state IN ('approved', 'paid');
        IF taken + NEW.amount_fen > t.amount_fen THEN
            RAISE EXCEPTION 'payment % goes past its term', NEW.number USING ERRCODE = 'check_violation';
        END IF;
        IF NOT programme_term_is_met(t, c.project_id, NEW.run_id) THEN
            RAISE EXCEPTION 'payment %: what its term waits for has not happened', NEW.number USING ERRCODE = 'check_violation';
        END IF;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER programme_payment_may_go BEFORE INSERT OR UPDATE ON programme_payment
    FOR EACH ROW EXECUTE FUNCTION programme_payment_may_go();

CREATE FUNCTION programme_commitment_agrees(this bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE k programme_commitment; used numeric; held numeric; bound numeric;
BEGIN
    SELECT * INTO k FROM programme_commitment WHERE id = this;
    SELECT coalesce(sum(amount_fen), 0) INTO used FROM programme_payment
        WHERE commitment_id = this AND state IN ('approved', 'paid');
    SELECT coalesce(sum(balance_fen) FILTER (WHERE kind = 'held'), 0), coalesce(sum(balance_fen) FILTER (WHERE kind = 'bound'), 0)
        INTO held, bound FROM programme_ledgeraccount WHERE commitment_id = this;
    IF held <> (CASE k.state WHEN 'held' THEN k.amount_fen ELSE 0 END)
       OR bound <> (CASE k.state WHEN 'bound' THEN k.amount_fen - k.carried_fen - used ELSE 0 END)
       OR used > k.amount_fen - k.carried_fen THEN
        RAISE EXCEPTION 'the books do not say what commitment % says', this USING ERRCODE = 'check_violation';
    END IF;
    IF EXISTS (
        SELECT 1 FROM programme_payment p LEFT JOIN programme_ledgeraccount a ON a.payment_id = p.id
        WHERE p.commitment_id = this GROUP BY p.id
        HAVING coalesce(sum(a.balance_fen) FILTER (WHERE a.kind = 'payable'), 0)
               <> CASE p.state WHEN 'approved' THEN p.amount_fen ELSE 0 END
            OR coalesce(sum(a.balance_fen) FILTER (WHERE a.kind = 'spent'), 0)
               <> CASE p.state WHEN 'paid' THEN p.amount_fen ELSE 0 END) THEN
        RAISE EXCEPTION 'the books do not say what the payments of commitment % say', this USING ERRCODE = 'check_violation';
    END IF;
END $$;

CREATE FUNCTION programme_undertaking_agrees(contract bigint, subsidy bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE amount numeric; stands text; should text; count integer; wrong integer; total numeric;
BEGIN
    IF contract IS NOT NULL THEN SELECT amount_fen, state INTO amount, stands FROM programme_contract WHERE id = contract;
    ELSE SELECT amount_fen, state INTO amount, stands FROM programme_subsidy WHERE id = subsidy; END IF;
    should := CASE stands WHEN 'asked' THEN 'held' WHEN 'approved' THEN 'bound' ELSE 'released' END;
    SELECT count(*), count(*) FILTER (WHERE state <> should), coalesce(sum(amount_fen - carried_fen), 0)
        INTO count, wrong, total FROM programme_commitment
        WHERE contract_id IS NOT DISTINCT FROM contract AND subsidy_id IS NOT DISTINCT FROM subsidy;
    IF count > 0 AND (wrong > 0 OR total <> amount) THEN
        RAISE EXCEPTION 'the commitments of contract % / subsidy % are % of %, % not %', contract, subsidy, total, amount,
            wrong, should USING ERRCODE = 'check_violation';
    END IF;
    IF should = 'released' AND EXISTS (SELECT 1 FROM programme_payment p JOIN programme_commitment k ON k.id = p.commitment_id
        WHERE k.contract_id IS NOT DISTINCT FROM contract AND k.subsidy_id IS NOT DISTINCT FROM subsidy
          AND p.state = 'approved') THEN
        RAISE EXCEPTION 'a payment of it is approved and not paid' USING ERRCODE = 'check_violation';
    END IF;
END $$;

CREATE FUNCTION programme_line_agrees(this bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE l programme_budgetline; changed numeric; granted numeric;
BEGIN
    SELECT * INTO l FROM programme_budgetline WHERE id = this;
    SELECT coalesce(sum(amount_fen), 0) INTO changed FROM programme_budgetchange WHERE line_id = this AND state = 'approved';
    SELECT coalesce(sum(balance_fen), 0) INTO granted FROM programme_ledgeraccount WHERE line_id = this AND kind = 'granted';
    IF -granted <> (CASE l.state WHEN 'approved' THEN l.amount_fen + changed - l.lapsed_fen - l.carried_fen ELSE 0 END)
       OR l.state <> 'approved' AND changed <> 0 THEN
        RAISE EXCEPTION 'the books do not say what line % says', this USING ERRCODE = 'check_violation';
    END IF;
END $$;

CREATE FUNCTION programme_cash_agrees(which text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE came numeric; went numeric; held numeric; income numeric;
BEGIN
    SELECT coalesce(sum(amount_fen), 0) INTO came FROM programme_receipt WHERE source = which AND state = 'approved';
    SELECT coalesce(sum(p.amount_fen), 0) INTO went FROM programme_payment p JOIN programme_commitment k ON k.id = p.commitment_id
        JOIN programme_budgetline l ON l.id = k.line_id WHERE l.source = which AND p.state = 'paid';
    SELECT coalesce(sum(balance_fen) FILTER (WHERE kind = 'treasury'), 0),
        coalesce(sum(balance_fen) FILTER (WHERE kind = 'income'), 0) INTO held, income
        FROM programme_ledgeraccount WHERE source = which;
    IF held <> came - went OR -income <> came THEN
        RAISE EXCEPTION 'the cash book of % does not say what was received and paid', which USING ERRCODE = 'check_violation';
    END IF;
END $$;

CREATE FUNCTION programme_books_agree() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE k programme_commitment;
BEGIN
    IF TG_TABLE_NAME = 'programme_payment' THEN
        PERFORM programme_commitment_agrees(NEW.commitment_id);
        PERFORM programme_cash_agrees((SELECT l.source FROM programme_budgetline l JOIN programme_commitment c ON c.line_id = l.id
                                       WHERE c.id = NEW.commitment_id));
    ELSIF TG_TABLE_NAME = 'programme_commitment' THEN
        PERFORM programme_commitment_agrees(NEW.id);
        PERFORM programme_undertaking_agrees(NEW.contract_id, NEW.subsidy_id);
    ELSIF TG_TABLE_NAME = 'programme_contract' THEN PERFORM programme_undertaking_agrees(NEW.id, NULL);
    ELSIF TG_TABLE_NAME = 'programme_subsidy' THEN PERFORM programme_undertaking_agrees(NULL, NEW.id);
    ELSIF TG_TABLE_NAME = 'programme_budgetline' THEN PERFORM programme_line_agrees(NEW.id);
    ELSIF TG_TABLE_NAME = 'programme_budgetchange' THEN PERFORM programme_line_agrees(NEW.line_id);
    ELSIF TG_TABLE_NAME = 'programme_receipt' THEN PERFORM programme_cash_agrees(NEW.source);
    ELSIF NEW.line_id IS NULL THEN PERFORM programme_cash_agrees(NEW.source);
    ELSIF NEW.commitment_id IS NOT NULL THEN PERFORM programme_commitment_agrees(NEW.commitment_id);
    ELSE PERFORM programme_line_agrees(NEW.line_id);
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION programme_year_is_settled() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.is_closed AND EXISTS (SELECT 1 FROM programme_ledgeraccount a JOIN programme_budgetline l ON l.id = a.line_id
        WHERE l.year_id = NEW.id AND a.kind NOT IN ('granted', 'spent') AND a.balance_fen <> 0) THEN
        RAISE EXCEPTION 'year % is closed with money still bound or left', NEW.year USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER programme_year_is_settled AFTER INSERT OR UPDATE ON programme_fundyear
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION programme_year_is_settled();

CREATE FUNCTION programme_year_stays_closed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.is_closed OR NEW.year <> OLD.year THEN
        RAISE EXCEPTION 'year % stays as it is', OLD.year USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER programme_year_stays_closed BEFORE UPDATE OR DELETE ON programme_fundyear
    FOR EACH ROW EXECUTE FUNCTION programme_year_stays_closed();

CREATE FUNCTION programme_loan_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE l programme_loan; wrong integer;
BEGIN
    IF TG_OP <> 'INSERT' THEN
        RAISE EXCEPTION 'what was drawn and repaid is only ever added to' USING ERRCODE = 'check_violation';
    END IF;
    SELECT * INTO l FROM programme_loan WHERE id = NEW.loan_id FOR UPDATE;
    SELECT count(*) INTO wrong FROM (
        SELECT sum(amount_fen) OVER (ORDER BY day, amount_fen < 0, id) AS owed FROM (
            SELECT id, day, amount_fen FROM programme_loanmovement WHERE loan_id = NEW.loan_id
            UNION ALL SELECT NEW.id, NEW.day, NEW.amount_fen) AS moved) AS run
        WHERE owed < 0 OR owed > l.principal_fen;
    IF wrong > 0 OR NEW.day < l.begins_on THEN
        RAISE EXCEPTION 'loan % would owe less than nothing or more than its principal', l.number
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER programme_loan_is_kept BEFORE INSERT OR UPDATE OR DELETE ON programme_loanmovement
    FOR EACH ROW EXECUTE FUNCTION programme_loan_is_kept();
"""

AGREEING = (
    "payment", "commitment", "contract", "subsidy", "budgetline", "budgetchange", "receipt", "ledgeraccount",
)  # fmt: skip
GUARDS += "".join(
    f"CREATE CONSTRAINT TRIGGER programme_books_agree AFTER INSERT OR UPDATE ON programme_{name} "
    f"DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION programme_books_agree();\n"
    for name in AGREEING
)

FUNCTIONS = (
    "programme_posting_balances()", "programme_ledger_is_kept()", "programme_year_is_open()", "programme_balance_follows()",
    "programme_account_is_kept()", "programme_goes_its_way()", "programme_term_is_kept()", "programme_payment_may_go()",
    "programme_term_is_met(programme_paymentterm, bigint, bigint)", "programme_books_agree()",
    "programme_commitment_agrees(bigint)", "programme_undertaking_agrees(bigint, bigint)", "programme_line_agrees(bigint)",
    "programme_cash_agrees(text)", "programme_year_is_settled()", "programme_year_stays_closed()", "programme_loan_is_kept()",
)  # fmt: skip
UNDO = "".join(f"DROP FUNCTION {name} CASCADE;\n" for name in FUNCTIONS)
